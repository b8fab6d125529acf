using System;
using System.Text;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Tests.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>Damaged files of recordings, windows and profiles are read or refused in one line, never anything else.</summary>
public sealed class ReaderMutationTests : IDisposable
{
    private const int FirstSeed = 20260801;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_recordings_of_SKAB_are_refused() => Check(RecordingReaderTests.Skab, SkabRecording.Read);

    [Fact]
    public void Damaged_labelled_recordings_are_refused() => Check(RecordingReaderTests.Csv, path => LabelledRecording.Read(path));

    [Fact]
    public void Damaged_series_of_NAB_are_refused() => Check(NabReaderTests.Series, path =>
        NabSeries.Read(path, "series.csv").Locate([new NabTimeWindow(new DateTime(2014, 1, 1), new DateTime(2014, 1, 1, 0, 5, 0))]));

    [Fact]
    public void Damaged_windows_of_NAB_are_refused() => Check(NabReaderTests.Windows, NabWindowsFile.Read);

    [Fact]
    public void Damaged_profiles_of_NAB_are_refused() => Check(NabReaderTests.Profiles, NabProfile.Read);

    private void Check(string valid, Func<string, object> read)
    {
        int mutants = LongRun.Choose(300, 2000), refused = 0;
        read(_folder.File("valid", valid));
        for (int seed = FirstSeed; seed < FirstSeed + mutants; seed++)
        {
            string path = _folder.File("mutant", Mutation.Of(Encoding.UTF8.GetBytes(valid), new Random(seed)));
            try
            {
                read(path);
            }
            catch (ConversionException refusal)
            {
                refused++;
                Assert.False(refusal.Message.Contains('\n', StringComparison.Ordinal), $"seed {seed}: a message of several lines");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }
        // A mutation that never hurts would prove nothing.
        Assert.True(refused > mutants / 4, $"only {refused} of {mutants} mutants were refused");
    }
}
