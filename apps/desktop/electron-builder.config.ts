import type { Configuration } from "electron-builder";

/**
 * What goes into an installable desktop app.
 *
 * The two native modules bring prebuilt libraries for Electron's Node-API, so nothing is compiled (`npmRebuild` would
 * put a build where it takes precedence over them); everything else is already bundled into `out`.
 */
const config: Configuration = {
  appId: "org.ecolocal.desktop",
  productName: "EcoLocal",
  copyright: "EcoLocal contributors, Apache-2.0",
  directories: { output: "out/release", buildResources: "build" },
  files: [
    "out/main/**",
    "out/preload/**",
    "package.json",
    "!**/*.map",
    { from: "../../packages/ui/dist-app", to: "out/renderer", filter: ["**/*", "!**/*.map"] },
    "!node_modules/better-sqlite3/{deps,src,binding.gyp,build}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
    "!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}.node)",
    "!node_modules/@serialport/bindings-cpp/{src,binding.gyp,build}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
    "!node_modules/@serialport/bindings-cpp/prebuilds/!(${platform}-*)/**",
    "!node_modules/**/{test,tests,docs,*.d.ts}",
  ],
  asar: true,
  asarUnpack: ["**/*.node"],
  npmRebuild: false,
  publish: null,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ["AppImage", "deb"],
    executableName: "ecolocal-desktop",
    category: "Science",
    maintainer: "EcoLocal contributors <maintainers@ecolocal.invalid>",
    synopsis: "Measure your surroundings together, decide, and act.",
  },
  deb: { depends: ["libgtk-3-0", "libnss3", "libxss1", "libasound2"], recommends: ["libsecret-1-0"] },
  mac: {
    target: [{ target: "dmg", arch: ["x64", "arm64"] }],
    category: "public.app-category.education",
    hardenedRuntime: true,
  },
  win: { target: ["nsis"] },
};

export default config;
