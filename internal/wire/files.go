package wire

// The paths of the design manager's files. {path} and {dest} are whole paths as
// one encoded segment, {path...} keeps its slashes.
const (
	FileUpload       = "/content/filemapper/v1/upload/{dest}"           // POST multipart ?buffer&environmentId
	FileStream       = "/content/filemapper/v1/stream/{path}"           // GET ?buffer&environmentId[&version] → the content
	FileMeta         = "/content/filemapper/v1/meta/{path...}"          // GET → FileInfo
	FileTree         = "/content/filemapper/v1/download/{path}"         // GET → FileNode; of hs 7
	DefaultFileTree  = "/content/filemapper/v1/download-default/{path}" // the same below @hubspot
	FileDelete       = "/content/filemapper/v1/delete/{path}"           // DELETE
	FileRename       = "/content/filemapper/v1/rename/{src...}"         // PUT ?path=
	ModuleByID       = "/content/filemapper/v1/modules/{id}"            // GET
	FilePart         = "file"                                           // the one part of FileUpload
	ParamBuffer      = "buffer"                                         // "true" for drafts
	ParamEnvironment = "environmentId"
	ParamVersion     = "version"
	ParamPath        = "path"
)

// The values of ParamEnvironment.
const (
	EnvironmentLive    = "1"
	EnvironmentStaging = "2"
)

// FileInfo is a file or folder of the design manager.
type FileInfo struct {
	Name      string   `json:"name"`
	Path      string   `json:"path"`
	Folder    bool     `json:"folder"`
	Children  []string `json:"children"` // names
	CreatedAt Time     `json:"createdAt"`
	UpdatedAt Time     `json:"updatedAt"`
}

// FileNode is a file or folder with all below it.
type FileNode struct {
	Name      string     `json:"name"`
	Path      string     `json:"path"`
	Folder    bool       `json:"folder"`
	Source    *string    `json:"source"`
	CreatedAt Time       `json:"createdAt"`
	UpdatedAt Time       `json:"updatedAt"`
	Children  []FileNode `json:"children"`
}
