# From Berth's build plan to the app's derivation. Arguments are strings since they come from a command line; each is data and
# becomes part of no expression. Names are constant, so that the same source has the same store path for every tenant.
{ pins, kind, source, build ? "", start ? "", site ? "." }:
let
  set = import ./. { pins = /. + pins; };
  src = /. + source;
in
if kind == "NODE" then set.nodeApp { inherit src build start; modules = set.nodeModules { inherit src; }; }
else if kind == "NODE_WITHOUT_DEPENDENCIES" then set.nodeApp { inherit src build start; }
else if kind == "STATIC_SITE" then set.staticSite { inherit src site; }
else throw "there is no expression for apps of kind ${kind}"
