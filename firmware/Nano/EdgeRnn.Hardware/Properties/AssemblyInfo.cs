using System.Reflection;

[assembly: AssemblyTitle("EdgeRnn.Hardware")]
[assembly: AssemblyVersion("0.1.0.0")]
