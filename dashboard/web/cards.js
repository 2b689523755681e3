// Cards of figures: each is one button that opens its sentence. Text only ever becomes text nodes.
const put = (parent, tag, className, words) => {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = words
  parent.append(node)
  return node
}

function addCard(root, card, data, pick) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "card"
  button.dataset.record = card.id
  const line = put(button, "span", "line", "")
  for (const chip of card.chips) put(line, "span", "chip", chip)
  put(line, "span", "number", card.number)
  if (card.unit) put(line, "span", "unit", card.unit)
  put(button, "span", "measure", card.measure)
  for (const words of card.from) put(button, "span", "from", words)
  for (const words of card.others) put(button, "span", "other", words)
  const foot = put(button, "span", "foot", "")
  put(foot, "span", "see", data.see)
  if (card.status) put(foot, "span", "status", card.status)
  button.onclick = () => pick(card.id)
  root.append(button)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".cards")
  const content = JSON.stringify([data.cards, data.see])
  if (root.dataset.content !== content) {
    // Only new cards are drawn anew: a selection must not take the focus from the card that was clicked.
    root.dataset.content = content
    root.replaceChildren()
    for (const card of data.cards) addCard(root, card, data, (id) => setTriggerValue("pick", id))
  }
  for (const button of root.children) button.setAttribute("aria-pressed", String(button.dataset.record === data.selected))
}
