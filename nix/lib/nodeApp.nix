# A Node app. `modules` are its installed dependencies (nodeModules.nix); without them it needs no lock file. The app links to
# its modules instead of holding them, so that a change of its code makes one small layer.
{ core, output, nodejs, npm, nodeModules }: with core;
{ src, build ? "", start, modules ? null }:
let
  source = sourceOf "app-source" src;
  link = which: if modules == null then "" else "ln -s ${modules.${which}}/node_modules app/node_modules";
  # npm is 10 MB that few apps call while they run.
  callsNpm = builtins.match "(.*[^-A-Za-z0-9_./])?(npm|npx) .*" start != null;
in
output {
  name = "app";
  env = { inherit source build; passAsFile = [ "build" ]; npm_config_update_notifier = "false"; npm_config_offline = "true"; };
  inputs = [ nodejs npm ];
  install = ''
    cp -r $source app
    chmod -R u+w app
    if [ -s $buildPath ]; then
      ${link "development"}
      (
        cd app
        export NODE_ENV=production PATH=$PWD/node_modules/.bin:$PATH
        ${sh} sh -eu $buildPath
      )
      rm -rf app/node_modules
    fi
    ${link "production"}
    mkdir $out
    mv app $out/app
  '';
  workdir = "$out/app";
  searched = [ "$PWD/node_modules/.bin" ];
  onPath = [ nodejs ] ++ (if callsNpm then [ npm ] else [ ]);
  environment = [ "export NODE_ENV=\"\${NODE_ENV-production}\"" ];
  inherit start;
}
