module berth.dev/testapp

go 1.24

require berth/probe v0.0.0

replace berth/probe => ../../../../nix/probe
