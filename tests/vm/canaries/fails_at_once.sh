# A failing command in the middle ends the scenario: what follows cannot hide it.
# expect: fails_at_once FAILED
. "$VM_LIB"
wait_until 1 'false'
echo "not reached"
