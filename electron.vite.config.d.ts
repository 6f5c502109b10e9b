declare const _default: import("electron-vite").ElectronViteConfigFnObject;
export default _default;
