// Who did what with whom: each filled cell is a button that opens its evidence. Text only ever becomes text nodes.
const make = (parent, tag, words, attributes = {}) => {
  const node = document.createElement(tag)
  node.textContent = words
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  parent.append(node)
  return node
}

function addCell(tr, cell, data, pick) {
  const td = make(tr, "td", "")
  if (!cell) return
  const button = make(td, "button", "", { type: "button", "aria-label": cell.label, title: cell.label })
  if (cell.on) button.className = "on"
  for (const [word, n] of cell.counts) {
    const span = make(button, "span", word)
    make(span, "b", ` ${n}`)
  }
  button.onclick = () => pick(cell.id)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".matrix")
  root.replaceChildren()
  const pick = (id) => setTriggerValue("pick", id)
  const table = make(root, "table", "", { "aria-label": data.alt })
  const head = make(make(table, "thead", ""), "tr", "")
  make(head, "td", "")
  const who = (parent, name, scope) => {
    const button = make(make(parent, "th", "", { scope }), "button", name, { type: "button", class: "who" })
    button.onclick = () => pick(`actor:${name}`)
  }
  for (const name of data.across) who(head, name, "col")
  const body = make(table, "tbody", "")
  for (const row of data.rows) {
    const tr = make(body, "tr", "")
    who(tr, row.name, "row")
    for (const cell of row.cells) addCell(tr, cell, data, pick)
  }
}
