/* The calls that need an answer other than 0: no device, and pointers that are read. Every library gets all of them;
   the symbol versions see to it that each is found where it belongs. */
#define ANSWER(type) type
#define STUB(name) int name(void) { return 0; }

static void *handle;

ANSWER(int) cudaGetDeviceCount(int *count) { *count = 0; return 0; }
ANSWER(int) cudaDriverGetVersion(int *version) { *version = 13000; return 0; }
ANSWER(int) cudaRuntimeGetVersion(int *version) { *version = 13000; return 0; }
ANSWER(const char *) cudaGetErrorName(int error) { (void)error; return "stub"; }
ANSWER(const char *) cudaGetErrorString(int error) { (void)error; return "stub"; }
ANSWER(void **) __cudaRegisterFatBinary(void *binary) { (void)binary; return &handle; }
