using System;
using System.IO;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

/// <summary>What a detector remembers, in a file: the bytes a device would keep.</summary>
internal static class DetectorStateFile
{
    /// <summary>Restores a detector; false where there is no such file.</summary>
    /// <exception cref="CommandException">The file is not this detector's.</exception>
    public static bool Restore(Detector detector, string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            int status = detector.RestoreState(bytes, 0, bytes.Length);
            if (status == StateStatus.Restored) return true;
            throw new CommandException($"{path}: {StateStatus.Describe(status)}; delete the file or name another to start anew");
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{path}: {FileErrors.Reason(error, path)}; name a file for the detector's state", error);
        }
    }

    /// <summary>Saves a detector.</summary>
    public static void Save(Detector detector, string path)
    {
        byte[] bytes = new byte[detector.SavedStateBytes];
        detector.SaveState(bytes, 0);
        AtomicFile.Write(path, target => File.WriteAllBytes(target, bytes));
    }
}
