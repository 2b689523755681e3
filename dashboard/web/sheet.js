// The evidence sheet to a screen reader and the keyboard: a named region that takes the focus when it opens and
// gives it back when it closes.
let before = null

export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement.getRootNode().host ?? parentElement
  const sheet = host.closest(".st-key-yj-evidence")
  if (!sheet) return
  sheet.setAttribute("role", "region")
  sheet.setAttribute("aria-label", data.label)
  sheet.setAttribute("tabindex", "-1")
  if (sheet.dataset.record !== data.record) {
    sheet.dataset.record = data.record
    sheet.scrollTop = 0
    if (!sheet.contains(document.activeElement)) {
      before = document.activeElement
      sheet.focus({ preventScroll: true })
    }
  }
  return () => {
    if (before?.isConnected) before.focus({ preventScroll: true })
    before = null
  }
}
