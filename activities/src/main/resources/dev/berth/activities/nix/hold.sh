# hold.sh GRACE COMMAND…: runs a command in a process group of its own, and ends the whole group when asked to (SIGTERM) or
# when standard input closes, which is what happens when the process that holds its other end is killed. GRACE is how many
# seconds the group has to end by itself before it is killed; 0 kills it at once. Nothing but "$@" is ever expanded.
grace=$1
shift
exec 3<&0 </dev/null
setsid "$@" 3<&- &
child=$!

end() {
  [ "$grace" -eq 0 ] || kill -TERM -- "-$child" || kill -TERM "$child"
  tries=$((grace * 10))
  while [ "$tries" -gt 0 ] && kill -0 -- "-$child"; do
    sleep 0.1
    tries=$((tries - 1))
  done
  kill -KILL -- "-$child"
}

(while read -r _ <&3; do :; done; end) >/dev/null 2>&1 &
watcher=$!
trap 'end >/dev/null 2>&1 3<&- &' TERM INT HUP

# A signal interrupts the wait, so what it returned counts only once the child is gone.
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
kill -KILL "$watcher" 2>/dev/null
exit "$code"
