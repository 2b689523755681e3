// Buttons in the page's own markup (cards, lists) report which record they stand for; those that save a part of the
// page do so (save.js, sent in front of this), those beside words to take along copy them. One listener for all of them.
const BUTTONS = ["record", "save", "copy"].map((name) => `.stHtml button[data-${name}]`).join()
let listener = null

function copyWords(button) {
  const words = button.closest(".yj-copy").querySelector(".words")
  const label = button.textContent
  const done = () => {
    if (button.textContent === button.dataset.copy) return
    button.textContent = button.dataset.copy
    setTimeout(() => (button.textContent = label), 2000)
  }
  // Without https the clipboard is closed to scripts: the words are selected, and copied as a person would.
  const select = () => {
    getSelection().selectAllChildren(words)
    if (document.execCommand("copy")) done()
  }
  if (navigator.clipboard) navigator.clipboard.writeText(words.textContent).then(done, select)
  else select()
}

export default function ({ setTriggerValue }) {
  if (listener) document.removeEventListener("click", listener)
  if (window.youjuEarly) document.removeEventListener("click", window.youjuEarly)
  listener = (event) => {
    const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null
    if (button?.dataset.save) savePart(button)
    else if (button?.dataset.copy) copyWords(button)
    else if (button) setTriggerValue("pick", button.dataset.record)
  }
  document.addEventListener("click", listener)
  if (window.youjuPicked) setTriggerValue("pick", window.youjuPicked)
  window.youjuPicked = null
  return () => {
    document.removeEventListener("click", listener)
    listener = null
  }
}
