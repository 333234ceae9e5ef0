# Berth's package set: everything that an app's image may contain, assembled from pinned artefacts of public registries.
# It needs neither nixpkgs nor a binary cache. `pins` is another path where a pin has had to give way (README.md).
{ pins ? ./pins.json }:
let
  core = import ./lib/core.nix { inherit pins; };
  set = rec {
    inherit core;
    glibc = import ./runtimes/glibc.nix { inherit core; };
    nodejs = import ./runtimes/nodejs.nix { inherit core glibc; };
    npm = import ./runtimes/npm.nix { inherit core nodejs; };
    own = import ./runtimes/own.nix { inherit core; };
    probe = own.probe;
    staticServer = own.server;

    output = import ./lib/output.nix { inherit core probe; };
    nodeModules = import ./lib/nodeModules.nix { inherit core glibc nodejs npm; };
    nodeApp = import ./lib/nodeApp.nix { inherit core output nodejs npm nodeModules; };
    staticSite = import ./lib/staticSite.nix { inherit output staticServer; };
  };
in set
