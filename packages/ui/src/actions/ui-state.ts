import { create } from "zustand";

interface UiState {
  readonly palette: boolean;
  readonly shortcuts: boolean;
}

/** Which layers of the window are open; nothing of the workspace is kept here. */
export const useUiState = create<UiState>(() => ({ palette: false, shortcuts: false }));

export function openPalette(): void {
  useUiState.setState({ palette: true });
}

export function closeLayers(): void {
  useUiState.setState({ palette: false, shortcuts: false });
}
