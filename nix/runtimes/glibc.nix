# Debian's C and C++ runtime libraries, flat in lib/: what prebuilt Linux executables expect to find.
{ core }: with core;
let
  glibc = make "glibc-runtime" { debs = map pin [ "libc6" "libstdc++6" "libgcc-s1" ]; } ''
    mkdir -p $out/lib unpacked
    for deb in $debs; do dpkg-deb -x $deb unpacked; done
    for folder in unpacked/lib/x86_64-linux-gnu unpacked/usr/lib/x86_64-linux-gnu; do
      [ -d $folder ] || continue
      find $folder -maxdepth 1 '(' -type f -o -type l ')' -name '*.so*' -exec cp -a {} $out/lib/ ';'
    done
  '';
in glibc // { loader = "${glibc}/lib/ld-linux-x86-64.so.2"; }
