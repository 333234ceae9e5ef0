# The installed dependencies of a Node app, from its package-lock.json alone: a change of the app's own code leaves them as
# they are. `production` is what the app runs with; `development` also has what its build script needs.
{ core, glibc, nodejs, npm }: with core;
{ src }:
let
  b = builtins;
  lock = b.fromJSON (b.readFile (src + "/package-lock.json"));
  package = b.fromJSON (b.readFile (src + "/package.json"));

  last = list: b.elemAt list (b.length list - 1);
  # `node_modules/a/node_modules/@x/y` installs `@x/y`, unless the entry names another package (an alias).
  nameOf = place: entry: entry.name or (last (b.filter b.isString (b.split "node_modules/" place)));

  # The prefetcher names files by the same rule; a store path allows fewer characters than npm.
  safe = b.replaceStrings [ "@" "/" "%" "~" "!" "+" ] [ "" "-" "-" "-" "-" "-" ];
  tarball = place: entry: prefetched {
    name = "${safe (nameOf place entry)}-${safe entry.version}.tgz";
    hash = b.head (b.split " " entry.integrity);
  };

  # npm's rule for `os`, `cpu` and `libc`: a list of allowed names, or of forbidden ones with a `!` before each.
  allows = entry: key: mine:
    let names = entry.${key} or [ ]; in
    names == [ ] || (!(b.elem "!${mine}" names)
      && (b.all (n: b.substring 0 1 n == "!") names || b.elem mine names || b.elem "any" names));
  runsHere = entry: allows entry "os" "linux" && allows entry "cpu" "x64" && allows entry "libc" "glibc";

  # Packages for other platforms were not fetched: they leave the lock and whoever wants them optionally, or npm would ask.
  kept = b.filter (place: place == "" || runsHere lock.packages.${place}) (b.attrNames lock.packages);
  keptNames = b.listToAttrs (map (place: { name = nameOf place lock.packages.${place}; value = true; }) kept);
  withoutForeign = entry:
    if entry ? optionalDependencies
    then entry // { optionalDependencies = b.intersectAttrs keptNames entry.optionalDependencies; }
    else entry;

  # The app's own name and version are blanked, or each release of the app would install all modules again.
  blank = { name = "app"; version = "0.0.0"; };
  rewritten = place:
    let entry = lock.packages.${place}; in
    withoutForeign (
      if place == "" then entry // blank
      else if entry ? integrity && !(entry.inBundle or false) then entry // { resolved = "file:${tarball place entry}"; }
      else entry);
  localLock = removeAttrs lock [ "dependencies" ] // blank // {
    packages = b.listToAttrs (map (place: { name = place; value = rewritten place; }) kept);
  };
  dependencyFields = {
    dependencies = true; devDependencies = true; optionalDependencies = true; peerDependencies = true;
    overrides = true; engines = true;
  };
  localPackage = withoutForeign (blank // { private = true; } // b.intersectAttrs dependencyFields package);

  # The sandbox has neither /usr/bin/env nor /lib64: scripts get this Node and this shell, prebuilt executables this loader.
  fixExecutables = ''
    find node_modules -type f -perm -100 | while read -r file; do
      case $(head -c 4 "$file" | od -An -tx1 | tr -d ' \n') in
        7f454c46)
          loader=$(patchelf --print-interpreter "$file" 2>/dev/null) || continue
          if [ -n "$loader" ] && [ "$loader" != ${glibc.loader} ]; then
            chmod u+w "$file"
            patchelf --set-interpreter ${glibc.loader} --force-rpath --set-rpath ${glibc}/lib "$file"
          fi;;
        2321*)
          chmod u+w "$file"
          sed -i -e '1s|^#! */usr/bin/env -S node|#!${nodejs}/bin/node|' \
            -e '1s|^#! */usr/bin/env node|#!${nodejs}/bin/node|' \
            -e '1s|^#! */usr/bin/env \(ba\)\?sh|#!${sh} sh|' \
            -e '1s|^#! */bin/\(ba\)\?sh|#!${sh} sh|' "$file";;
      esac
    done
  '';

  # npm 11 runs install scripts only when told to; they run in the sandbox, without network.
  install = name: omit: make name {
    inputs = [ patchelf nodejs npm ];
    lock = b.toJSON localLock;
    package = b.toJSON localPackage;
    passAsFile = [ "lock" "package" ];
    npm_config_cache = "/build/.npm";
    npm_config_update_notifier = "false";
    npm_config_audit = "false";
    npm_config_fund = "false";
    npm_config_progress = "false";
    npm_config_color = "false";
    npm_config_loglevel = "warn";
    npm_config_dangerously_allow_all_scripts = "true";
  } ''
    cp $packagePath package.json
    cp $lockPath package-lock.json
    chmod u+w package.json package-lock.json
    npm ci --offline --ignore-scripts ${omit}
    mkdir -p node_modules
    ${fixExecutables}
    npm rebuild --offline
    ${fixExecutables}
    rm -rf node_modules/.package-lock.json node_modules/.cache
    mkdir $out
    mv node_modules $out/node_modules
  '';
in {
  production = install "node-modules" "--omit=dev";
  development = install "node-modules-development" "--include=dev";
}
