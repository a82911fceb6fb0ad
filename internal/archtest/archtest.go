// Package archtest checks the shape of this repository: which package may
// import which, who may touch the process, and that everything is documented.
// It has tests only.
package archtest
