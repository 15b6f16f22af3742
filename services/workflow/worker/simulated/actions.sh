#!/bin/sh
# Actions for the worker's tests: $1 is the name, file descriptor 3 hears events.
case "$1" in
  ok) echo "hello $WHO"; echo '{"message":"did it"}' >&3 ;;
  silent) exit 0 ;;
  fail) echo "first"; echo "cannot find the disk" >&2; exit 7 ;;
  count)
    echo run >>"$COUNT"
    while [ ! -e "$GO" ]; do sleep 0.02; done
    ;;
  progress)
    echo '{"progress":{"done":1,"total":10}}' >&3
    for done in 2 3 4 5 6 7 8 9; do echo "{\"progress\":{\"done\":$done,\"total\":10}}" >&3; done
    echo 'not an event' >&3
    echo '{"progress":{"done":10,"total":10}}' >&3
    ;;
  stubborn)
    trap '' TERM
    (trap '' TERM; echo "child $$"; sleep 1000) &
    echo $! >"$CHILD"
    wait
    sleep 1000
    ;;
  reboot) echo '{"handover":"reboot"}' >&3 ;;
  kexec) echo '{"handover":"kexec"}' >&3 ;;
esac
