module berth/probe

go 1.24
