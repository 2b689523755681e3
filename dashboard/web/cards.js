// Cards of figures: each is one button that opens its sentence. Text only ever becomes text nodes.
const put = (parent, tag, className, words) => {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = words
  parent.append(node)
  return node
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".cards")
  root.replaceChildren()
  for (const card of data.cards) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "card"
    button.dataset.record = card.id
    button.setAttribute("aria-pressed", String(card.id === data.selected))
    const line = put(button, "span", "line", "")
    for (const chip of card.chips) put(line, "span", "chip", chip)
    put(line, "span", "number", card.number)
    if (card.unit) put(line, "span", "unit", card.unit)
    put(button, "span", "measure", card.measure)
    for (const words of card.from) put(button, "span", "from", words)
    for (const words of card.others) put(button, "span", "other", words)
    put(button, "span", "see", data.see)
    button.onclick = () => setTriggerValue("pick", card.id)
    root.append(button)
  }
}
