// Until the listener of clicks.js has come, remember what was clicked: cards are on the screen before it.
if (!window.youjuEarly) {
  window.youjuEarly = (event) => {
    const button = event.target instanceof Element ? event.target.closest(".stHtml button[data-record]") : null
    if (button) window.youjuPicked = button.dataset.record
  }
  document.addEventListener("click", window.youjuEarly)
}
