using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("EdgeRnn.Runtime.Detection")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("EdgeRnn.Firmware")]
