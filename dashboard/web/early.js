// Until the listener of clicks.js has come, remember what was clicked: cards are on the screen before it.
if (!window.youjuEarly) {
  window.youjuEarly = (event) => {
    const button = event.target instanceof Element ? event.target.closest(".stHtml button[data-record]") : null
    if (button) window.youjuPicked = button.dataset.record
  }
  document.addEventListener("click", window.youjuEarly)

  // Signing in leads to the front page: go on where the button was pressed, in this tab, once, within ten minutes.
  try {
    const [when, where] = JSON.parse(sessionStorage.getItem("youju-back") ?? "[0]")
    sessionStorage.removeItem("youju-back")
    if (Date.now() - when < 600_000 && !location.search && where !== location.pathname) location.replace(location.origin + where)
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest('[class*="st-key-yj-sign-in"] button'))
        sessionStorage.setItem("youju-back", JSON.stringify([Date.now(), location.pathname + location.search]))
    }, true)
  } catch {
    // no storage in this frame: the front page it is
  }
}
