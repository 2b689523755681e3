// Saves a part of the page as it is seen, as SVG or PNG, with its title above and its sources, day and link below.
// What is on the screen is read off: text line by line, borders, backgrounds, charts. Nothing leaves the browser.
const SVG = "http://www.w3.org/2000/svg"
const EDGE = 24
const COPIED = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "opacity", "display",
  "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "vector-effect"]
const measure = document.createElement("canvas").getContext("2d")

const node = (parent, tag, attributes, words) => {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  if (words !== undefined) made.textContent = words
  parent.append(made)
  return made
}
const seen = (colour) => colour && colour !== "transparent" && !/^rgba\(.*, 0\)$/.test(colour)

function addBox(out, element, style, at) {
  const box = element.getBoundingClientRect()
  const [x, y] = [box.left - at.left, box.top - at.top]
  if (seen(style.backgroundColor)) node(out, "rect", { x, y, width: box.width, height: box.height, fill: style.backgroundColor })
  const sides = { Top: [x, y, x + box.width, y], Bottom: [x, y + box.height, x + box.width, y + box.height], Left: [x, y, x, y + box.height], Right: [x + box.width, y, x + box.width, y + box.height] }
  for (const [side, [x1, y1, x2, y2]] of Object.entries(sides)) {
    const width = parseFloat(style[`border${side}Width`])
    const colour = style[`border${side}Color`]
    if (width > 0 && style[`border${side}Style`] !== "none" && seen(colour)) node(out, "line", { x1, y1, x2, y2, stroke: colour, "stroke-width": width })
  }
}

// A line of text ends where the next character stands on another height.
function addText(out, textNode, style, at) {
  const range = document.createRange()
  const lines = []
  for (let i = 0; i < textNode.length; i++) {
    range.setStart(textNode, i)
    range.setEnd(textNode, i + 1)
    const box = range.getClientRects()[0]
    if (!box || !box.height) continue
    const last = lines.at(-1)
    if (last && Math.abs(last.top - box.top) < 3) last.words += textNode.data[i]
    else lines.push({ top: box.top, left: box.left, height: box.height, words: textNode.data[i] })
  }
  measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = measure.measureText("国")
  for (const line of lines) {
    if (!line.words.trim()) continue
    const y = line.top - at.top + (line.height - up - down) / 2 + up
    node(out, "text", { x: line.left - at.left, y, fill: style.color, "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight, "xml:space": "preserve" }, line.words)
  }
}

function addDrawing(out, svg, at) {
  const box = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true)
  if (svg.getRootNode() instanceof ShadowRoot) {
    const from = [svg, ...svg.querySelectorAll("*")]
    const to = [copy, ...copy.querySelectorAll("*")]
    from.forEach((one, i) => {
      const style = getComputedStyle(one)
      for (const name of COPIED) to[i].style.setProperty(name, style.getPropertyValue(name))
    })
  }
  copy.removeAttribute("style")
  // Vega names its gradients by the page's address; in the picture they stand beside what they fill.
  for (const one of copy.querySelectorAll('[fill*="#"]')) one.setAttribute("fill", one.getAttribute("fill").replace(/url\([^)]*#([\w-]+)["']?\)/, "url(#$1)"))
  for (const [name, value] of [["x", box.left - at.left], ["y", box.top - at.top], ["width", box.width], ["height", box.height]]) copy.setAttribute(name, value)
  out.append(copy)
}

function walk(out, element, at) {
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || element.matches(".yj-save, .yj-hands, .see, [data-testid=stElementToolbar], .keys, .tip, style, script, [aria-hidden=true]:not(.yj-shape)")) return
  if (element instanceof SVGSVGElement) return addDrawing(out, element, at)
  if (element instanceof HTMLCanvasElement) {
    if (box.width) node(out, "image", { x: box.left - at.left, y: box.top - at.top, width: box.width, height: box.height, href: element.toDataURL() })
    return
  }
  addBox(out, element, style, at)
  for (const child of (element.shadowRoot ?? element).childNodes) {
    if (child instanceof Text) addText(out, child, style, at)
    else if (child instanceof Element) walk(out, child, at)
  }
}

// Lines no wider than the picture: broken between any two Chinese characters, else at spaces.
function wrap(words, font, width) {
  measure.font = font
  const lines = [""]
  for (const part of words.match(/[!-~]+\s*|[^!-~]/g) ?? []) {
    if (measure.measureText(lines.at(-1) + part).width > width && lines.at(-1)) lines.push("")
    lines[lines.length - 1] += part
  }
  return lines
}

function draw(target, title, sources) {
  const box = target.getBoundingClientRect()
  const look = getComputedStyle(document.querySelector(".stApp"))
  const [family, ink, paper] = [look.fontFamily, look.color, look.backgroundColor]
  const today = new Date()
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-")
  const foot = wrap(`${sources} · 有据 Youju · ${day} · ${decodeURI(location.href)}`, `12px ${family}`, box.width)
  const head = wrap(title, `600 17px ${family}`, box.width)
  const top = EDGE + head.length * 26
  const [width, height] = [box.width + 2 * EDGE, top + box.height + foot.length * 18 + 14 + EDGE].map(Math.ceil)
  const svg = document.createElementNS(SVG, "svg")
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title })) svg.setAttribute(name, value)
  node(svg, "rect", { width, height, fill: paper })
  head.forEach((line, i) => node(svg, "text", { x: EDGE, y: EDGE + 14 + i * 26, fill: ink, "font-family": family, "font-size": 17, "font-weight": 600 }, line))
  walk(svg, target, { left: box.left - EDGE, top: box.top - top })
  foot.forEach((line, i) => node(svg, "text", { x: EDGE, y: top + box.height + 26 + i * 18, fill: ink, "fill-opacity": 0.75, "font-family": family, "font-size": 12 }, line))
  return { words: new XMLSerializer().serializeToString(svg), width, height }
}

function hand(url, name) {
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function savePart(button) {
  const target = document.querySelector(button.dataset.save)
  if (!target) return
  const { title = "", sources = "" } = button.dataset // words with `</title` in them are left out by Streamlit's sanitizer
  const picture = draw(target, title, sources)
  const name = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "youju"
  if (button.dataset.format === "svg") return hand(URL.createObjectURL(new Blob([picture.words], { type: "image/svg+xml" })), `${name}.svg`)
  const image = new Image()
  image.onload = () => {
    const canvas = document.createElement("canvas")
    const scale = Math.min(2, 8000 / Math.max(picture.width, picture.height))
    canvas.width = picture.width * scale
    canvas.height = picture.height * scale
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
    canvas.toBlob((blob) => hand(URL.createObjectURL(blob), `${name}.png`))
  }
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.words)}`
}
