using System.Collections.Generic;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>Every task, in the order of the table.</summary>
public static class AccuracyTasks
{
    public static IReadOnlyList<IAccuracyTask> All { get; } =
    [
        new SkabTask("gru"),
        new SkabTask("lstm"),
        new RnnoiseTask("orig_v0.1.1", "rnnoise-orig"),
        new RnnoiseTask("sh", "rnnoise-sh"),
        new KlonTask("centaur_0", 1e-4),
        new KlonTask("centaur_50", 1e-4),
        new KlonTask("centaur_100", 2e-3),
        new KlonTask("centaur_100", 1e-4, isMixed: true),
        new KlonTask("centaur_small", null),
        new SileroTask(),
        new KwsTask(),
        new MnistTask(),
    ];
}
