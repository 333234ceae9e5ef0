module berth.dev/testapp

go 1.24
