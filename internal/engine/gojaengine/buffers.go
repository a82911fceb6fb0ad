package gojaengine

import (
	"fmt"
	"math"

	"github.com/dop251/goja"
)

// longestBuffer is what one buffer may hold, in bytes, V8's limit in Node 20. A
// size beyond what the machine has ends a Go program as a whole.
const longestBuffer = 1 << 32

// bindBuffers lets the constructors of buffers refuse absurd sizes, as V8 does.
func (in *instance) bindBuffers() {
	layout, err := objectLayoutOf()
	if err != nil {
		return
	}
	refuse := func(format string, args ...any) {
		tooLong, err := in.vm.New(in.vm.Get("RangeError"), in.vm.ToValue(fmt.Sprintf(format, args...)))
		if err != nil {
			panic(rethrow(err))
		}
		panic(tooLong)
	}
	guard := func(name string, size float64) {
		layout.reconstruct(in.vm, name, func(plain construct) construct {
			return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
				if len(args) > 0 {
					if _, isObject := args[0].(*goja.Object); !isObject {
						switch n := args[0].ToFloat(); {
						case name == "ArrayBuffer" && n > longestBuffer:
							refuse("Array buffer allocation failed")
						case name != "ArrayBuffer" && (n*size > longestBuffer || n <= -1):
							refuse("Invalid typed array length: %s", in.vm.ToValue(math.Trunc(n)).String())
						}
					}
				}
				return plain(args, newTarget)
			}
		})
	}
	for name, size := range map[string]float64{
		"ArrayBuffer": 1, "Uint8Array": 1, "Int8Array": 1, "Uint8ClampedArray": 1, "Uint16Array": 2, "Int16Array": 2,
		"Uint32Array": 4, "Int32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
	} {
		guard(name, size)
	}
}
