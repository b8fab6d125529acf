using System;
using System.IO;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>A folder with a model's file, removed with it.</summary>
internal sealed class PiFolder : IDisposable
{
    public PiFolder(byte[] model) => File.WriteAllBytes(Model, model);

    public string Root { get; } = Directory.CreateTempSubdirectory("edgernn-pi-").FullName;

    public string Model => Path.Combine(Root, "model.ernn");

    public void Dispose() => Directory.Delete(Root, true);
}
