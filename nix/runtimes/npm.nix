# npm 11 for installing dependencies from lock files; in an image only where an app's start command calls it.
{ core, nodejs }: with core;
make "npm-11" { archive = pin "npm"; } ''
  tar xzf $archive
  rm -rf package/docs package/man
  mkdir -p $out/lib/node_modules $out/bin
  mv package $out/lib/node_modules/npm
  for command in npm npx; do
    printf '#!%s sh\nexec %s %s "$@"\n' ${sh} ${nodejs}/bin/node $out/lib/node_modules/npm/bin/$command-cli.js \
      > $out/bin/$command
    chmod 755 $out/bin/$command
  done
''
