package portal

// routes registers every call that is answered. The files are in
// /content/filemapper/v1/, which ServeHTTP looks after: their paths are no
// patterns of a ServeMux.
func (p *Portal) routes() {
	p.authRoutes()
	p.secretRoutes()
	p.logRoutes()
	p.functionRoutes()
	p.projectRoutes()
	p.buildRoutes()
	p.deployRoutes()
	p.appRoutes()
	p.stagedRoutes()
}
