/**
 * As a `ref`, moves the focus to an element of a dialog that took the place of another: nothing else does it then. Only after
 * the dialog itself remembered where the focus was before.
 */
export const focusInDialog = (element: HTMLElement | null) => {
  if (element) {
    setTimeout(() => element.focus());
  }
};
