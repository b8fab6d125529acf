using System.Reflection;

[assembly: AssemblyTitle("EdgeRnn.Firmware")]
[assembly: AssemblyVersion("0.1.0.0")]
