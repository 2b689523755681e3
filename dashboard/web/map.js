// China by provinces, shaded by records, with a mark for each place below them. Text only ever becomes text nodes.
const SVG = "http://www.w3.org/2000/svg"
const views = new WeakMap()

const make = (parent, tag, attributes, words) => {
  const node = tag === "span" || tag === "div" || tag === "i" || tag === "button" ? document.createElement(tag) : document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  if (words) node.textContent = words
  parent.append(node)
  return node
}

function clickable(node, words, id, pick, tip) {
  node.setAttribute("role", "button")
  node.setAttribute("tabindex", "0")
  node.setAttribute("aria-label", words)
  node.dataset.place = id
  node.onclick = () => pick(id)
  node.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      pick(id)
    }
  }
  hint(node, words, tip)
}

function hint(node, words, tip) {
  node.onpointermove = (event) => {
    const box = tip.parentElement.getBoundingClientRect()
    tip.textContent = words
    tip.style.display = "block"
    tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - 150)}px`
    tip.style.top = `${event.clientY - box.top + 14}px`
  }
  node.onpointerleave = () => (tip.style.display = "none")
}

function zoomable(svg, root, outlines, labels) {
  const view = views.get(root) ?? { x: 0, y: 0, k: 1 }
  views.set(root, view)
  const apply = () => {
    const w = outlines.width / view.k
    const h = outlines.height / view.k
    view.x = Math.max(0, Math.min(outlines.width - w, view.x))
    view.y = Math.max(0, Math.min(outlines.height - h, view.y))
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`)
    svg.classList.toggle("zoomed", view.k > 1)
    svg.querySelectorAll(".spot").forEach((spot) => spot.setAttribute("r", spot.dataset.r / Math.sqrt(view.k)))
    svg.querySelectorAll(".label").forEach((label) => (label.style.fontSize = `${118 / view.k ** 0.75}px`))
  }
  const zoom = (factor, cx = view.x + outlines.width / view.k / 2, cy = view.y + outlines.height / view.k / 2) => {
    const k = Math.max(1, Math.min(12, view.k * factor))
    view.x = cx - ((cx - view.x) * view.k) / k
    view.y = cy - ((cy - view.y) * view.k) / k
    view.k = k
    apply()
  }
  const unit = (event) => {
    const at = svg.createSVGPoint()
    at.x = event.clientX
    at.y = event.clientY
    return at.matrixTransform(svg.getScreenCTM().inverse())
  }
  svg.onwheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const at = unit(event)
    zoom(event.deltaY < 0 ? 1.3 : 1 / 1.3, at.x, at.y)
  }
  let from = null
  svg.onpointerdown = (event) => (from = view.k > 1 ? { x: event.clientX, y: event.clientY } : null)
  svg.onpointerup = svg.onpointercancel = () => (from = null)
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return
    const size = outlines.width / view.k / svg.clientWidth
    view.x -= (event.clientX - from.x) * size
    view.y -= (event.clientY - from.y) * size
    from = { x: event.clientX, y: event.clientY }
    apply()
  })
  const keys = make(root, "div", { class: "keys" })
  for (const [sign, factor, label] of [["+", 1.6, labels.zoomIn], ["−", 1 / 1.6, labels.zoomOut], ["⤢", 0, labels.whole]]) {
    const button = make(keys, "button", { type: "button", "aria-label": label, title: label }, sign)
    button.onclick = () => (factor ? zoom(factor) : ((view.k = 1), apply()))
  }
  apply()
}

function draw(root, data, pick) {
  const outlines = window.youjuOutlines
  root.replaceChildren()
  const svg = make(root, "svg", { role: "group", "aria-label": data.alt })
  const tip = make(root, "div", { class: "tip", "aria-hidden": "true" })
  for (const [code, name, path] of outlines.provinces) {
    const found = data.provinces[code]
    const node = make(svg, "path", { d: path, class: found ? `province has s${found.shade}${found.on ? " on" : ""}` : "province" })
    if (found) clickable(node, found.words, code, pick, tip)
    else hint(node, `${name} ${data.none}`, tip)
  }
  make(svg, "path", { d: outlines.cities, class: "cities" })
  make(svg, "path", { d: outlines.dash, class: "dash" })
  for (const spot of data.spots) {
    const node = make(svg, "circle", { cx: spot.x, cy: spot.y, r: spot.r, "data-r": spot.r, class: spot.on ? "spot on" : "spot" })
    clickable(node, spot.words, spot.id, pick, tip)
  }
  for (const label of data.labels) make(svg, "text", { x: label.x, y: label.y, class: "label", "aria-hidden": "true" }, label.name)
  zoomable(svg, root, outlines, data)
  const legend = make(root, "div", { class: "legend" })
  for (const [shade, words] of data.legend) {
    const item = make(legend, "span", {})
    make(item, "i", shade ? { class: `s${shade}` } : {})
    item.append(words)
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map")
  const show = () => draw(root, data, (id) => setTriggerValue("pick", id))
  if (window.youjuOutlines) show()
  else window.addEventListener("youju-outlines", show, { once: true })
}
