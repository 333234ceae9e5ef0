# What every app's output has: `bin/start`, which reads PORT and ends in exec so that signals reach the app itself, and runs its
# arguments instead where it has some; and a link to the probe, which puts it into the closure and tells the image packer where it is.
{ core, probe }: with core;
# `install` is a script that fills $out; `workdir` is where the app runs; `onPath` are packages that it may call, `searched`
# further folders; `environment` are lines of the start script.
{ name, env ? { }, inputs ? [ ], install, workdir, onPath ? [ ], searched ? [ ], start, environment ? [ ] }:
let
  quoted = command: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] command}'";
  # `exec` takes one simple command. Anything more (a list, a variable before the command) needs a shell, whose last command
  # takes its place and so gets the signals.
  isSimple = builtins.match "[-A-Za-z0-9_./:@,+%]+( +[-A-Za-z0-9_./:@,+%=]+)*" start != null;
  startScript = builtins.concatStringsSep "\n" ([
    "#!${sh} sh"
    "cd @workdir@"
    "export PATH=${builtins.concatStringsSep ":" (searched ++ [ (path (onPath ++ [ tools ])) ])}"
  ] ++ environment ++ [
    # A release command runs where the app does, with what the app finds.
    "[ $# -eq 0 ] || exec \"$@\""
    (if isSimple then "exec ${start}" else "exec ${sh} sh -c ${quoted start}")
    ""
  ]);
in
make name (env // { inherit inputs startScript; passAsFile = [ "startScript" ] ++ (env.passAsFile or [ ]); }) ''
  ${install}
  mkdir -p $out/bin $out/nix-support
  ln -s ${probe}/bin/berth-probe $out/nix-support/berth-probe
  sed "2s|@workdir@|${workdir}|" $startScriptPath > $out/bin/start
  chmod 755 $out/bin/start
''
