# A folder of files behind the static server. `site` is the folder below `src` that is served; what lies beside it does not
# matter to the output.
{ output, staticServer }:
{ src, site ? "." }:
let
  files = builtins.path {
    name = "site";
    path = src + "/${site}";
    filter = file: type: !(builtins.elem (baseNameOf file) [ ".git" "node_modules" ]);
  };
in
output {
  name = "app";
  env = { inherit files; };
  install = ''
    mkdir $out
    cp -r $files $out/www
  '';
  workdir = "$out/www";
  start = "${staticServer}/bin/static-server";
}
