# Berth's own two programs for images: the probe, which asks any app whether it is healthy, and the static server.
#
# Go is unpacked inside the build and thrown away with it: as a store path it would be 240 MB that no image needs, hashed and
# copied on every fresh machine. One derivation makes both, since most of its time is unpacking and Go's standard library.
{ core }: with core;
let
  sources = name: path: builtins.path { inherit name path; };
  own = make "berth" {
    outputs = [ "probe" "server" ];
    toolchain = pin "go";
    probeSource = sources "berth-probe-source" ../probe;
    serverSource = sources "static-server-source" ../static-server;
    CGO_ENABLED = "0"; GOTOOLCHAIN = "local"; GOTELEMETRY = "off"; GOPROXY = "off"; GOFLAGS = "-trimpath -buildvcs=false";
    GOCACHE = "/build/cache"; GOPATH = "/build/path";
  } ''
    unzip -q $toolchain 'golang.org/toolchain@*/bin/*' 'golang.org/toolchain@*/src/*' 'golang.org/toolchain@*/pkg/*' \
      'golang.org/toolchain@*/lib/*' 'golang.org/toolchain@*/go.env' 'golang.org/toolchain@*/VERSION'
    export GOROOT=$(echo /build/golang.org/toolchain@*)
    chmod 755 $GOROOT/bin/* $GOROOT/pkg/tool/*/*
    mkdir -p $probe/bin $server/bin
    cp -r $probeSource probe-source
    cp -r $serverSource server-source
    (cd probe-source && $GOROOT/bin/go build -ldflags '-s -w' -o $probe/bin/berth-probe .)
    (cd server-source && $GOROOT/bin/go build -ldflags '-s -w' -o $server/bin/static-server .)
  '';
in { inherit (own) probe server; }
