using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("EdgeRnn.Runtime.Core")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("EdgeRnn.Runtime.Detection")]
[assembly: InternalsVisibleTo("EdgeRnn.Firmware")]
