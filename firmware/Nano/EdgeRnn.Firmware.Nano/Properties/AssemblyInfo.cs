using System.Reflection;

[assembly: AssemblyTitle("EdgeRnn.Firmware.Nano")]
[assembly: AssemblyVersion("0.1.0.0")]
