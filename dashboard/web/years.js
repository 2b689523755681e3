// The timeline as a list by year, for narrow screens: built only where it is seen.
const STEP = 24

const put = (parent, tag, className, words) => {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = words
  parent.append(node)
  return node
}

function addRow(root, row, selected, pick) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = row.draft ? "row draft" : "row"
  button.dataset.record = row.id
  button.setAttribute("aria-pressed", String(row.id === selected))
  put(button, "span", "when", row.when)
  const what = put(button, "span", "what", row.title)
  put(what, "small", "", row.kind)
  button.onclick = () => pick(row.id)
  root.append(button)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".years")
  const narrow = window.matchMedia("(max-width: 640px)")
  const draw = (limit) => {
    root.replaceChildren()
    if (!narrow.matches) return
    let year = null
    for (const row of data.rows.slice(0, limit)) {
      if (row.year !== year) put(root, "h3", "", (year = row.year))
      addRow(root, row, data.selected, (id) => setTriggerValue("pick", id))
    }
    if (data.rows.length > limit) {
      const more = put(root, "button", "more", data.more)
      more.type = "button"
      more.onclick = () => draw(limit + STEP)
    }
  }
  narrow.onchange = () => draw(STEP)
  draw(STEP)
}
