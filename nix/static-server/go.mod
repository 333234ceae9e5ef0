module berth/staticserver

go 1.24
