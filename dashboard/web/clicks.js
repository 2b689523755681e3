// Buttons in the page's own markup (cards, lists) report which record they stand for; those that save a part of the
// page do so (save.js, sent in front of this). One listener for all of them.
let listener = null

export default function ({ setTriggerValue }) {
  if (listener) document.removeEventListener("click", listener)
  if (window.youjuEarly) document.removeEventListener("click", window.youjuEarly)
  listener = (event) => {
    const button = event.target instanceof Element ? event.target.closest(".stHtml button[data-record], .stHtml button[data-save]") : null
    if (button?.dataset.save) savePart(button)
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
