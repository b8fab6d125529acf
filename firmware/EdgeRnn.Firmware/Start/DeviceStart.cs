using System;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// What a device does before its loop: reads the model, proves with the golden steps in the file that this machine computes what the
/// converter computed, makes the detector, and brings back the state it was switched off with. Allocates; throws nothing for a bad
/// file, whatever is in it.
/// </summary>
/// <example>
/// <code>
/// DeviceStart start = new DeviceStart(file, false);
/// if (start.Status != StartStatus.Ready) { /* report start.Text; the light shows StatusLed.ShowFailure */ }
/// start.RestoreState(storage, 0);
/// SensorLoop loop = new SensorLoop(start.Detector!, sensor, clock, settings) { State = start.Keeper };
/// </code>
/// </example>
public sealed class DeviceStart
{
    /// <summary>Loads and tests a model.</summary>
    /// <param name="file">The bytes of an .ernn file; read here and not kept.</param>
    /// <param name="counts">Whether samples come as whole numbers: see <see cref="Runtime.Detector.StepCounts"/>.</param>
    /// <param name="maxRowPairBytes">What rows in pairs may take, as <c>edgernn inspect --board</c> prints it; 0: none. For devices that
    /// interpret.</param>
    public DeviceStart(byte[] file, bool counts, int maxRowPairBytes = 0)
    {
        try
        {
            Model = Model.Load(file, ModelLimits.MaxSessionBytes, maxRowPairBytes);
            SelfTestResult = SelfTest.Run(file, Model);
        }
        catch (ModelException refused)
        {
            Fail(StartStatus.BadModel, "model: " + refused.Message);
            return;
        }
        catch (OutOfMemoryException)
        {
            throw; // a matter of amounts: whoever chose this model may have a smaller one
        }
        catch (SystemException missing)
        {
            // Firmware of the smallest boards leaves functions of System.Math out, and says so when they are called.
            Fail(StartStatus.SelfTestFailed, "self-test failed: this machine cannot compute the model (" + missing.Message +
                "); where its firmware leaves out System.Math, convert the model with --scheme w8a16");
            return;
        }
        // A file without golden steps is allowed; it says so in the report.
        if (SelfTestResult != SelfTestStatus.Passed && SelfTestResult != SelfTestStatus.NoGoldenSteps)
        {
            Fail(StartStatus.SelfTestFailed, SelfTestStatus.Describe(SelfTestResult));
            return;
        }
        if (Model.Detector == null)
        {
            Fail(StartStatus.NoDetector, "model: its file has no detector settings; run edgernn calibrate over it");
            return;
        }
        try
        {
            Detector = new Detector(Model, Model.Detector, counts);
            Text = "model version " + Model.ModelVersion.ToString() + ", " + Model.WeightCount.ToString() + " weights; " +
                SelfTestStatus.Describe(SelfTestResult);
        }
        catch (ModelException refused)
        {
            Fail(StartStatus.NoDetector, "detector: " + refused.Message);
        }
        catch (ArgumentException refused)
        {
            Fail(StartStatus.NoDetector, refused.Message);
        }
    }

    /// <summary>A <see cref="StartStatus"/>.</summary>
    public int Status { get; private set; }

    /// <summary>One line: what was loaded, or what is wrong and what to do.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The model; null where the file was refused.</summary>
    public Model? Model { get; }

    /// <summary>What the golden steps gave: a <see cref="SelfTestStatus"/>.</summary>
    public int SelfTestResult { get; }

    /// <summary>The detector, new; null unless <see cref="Status"/> is <see cref="StartStatus.Ready"/>.</summary>
    public Detector? Detector { get; private set; }

    /// <summary>Keeps the state from now on; null before <see cref="RestoreState"/>.</summary>
    public StateKeeper? Keeper { get; private set; }

    /// <summary>What became of the saved state.</summary>
    public StateOutcome State { get; private set; }

    /// <summary>One line about the saved state.</summary>
    public string StateText { get; private set; } = "state: not kept";

    /// <summary>Brings back the newest sound state. Needs a detector.</summary>
    /// <param name="storage">The storage; not owned.</param>
    /// <param name="firstSlot">The first of the two places for the state.</param>
    public StateOutcome RestoreState(IStorage storage, int firstSlot)
    {
        Keeper = new StateKeeper(Detector!, storage, firstSlot);
        int status = Keeper.Restore();
        if (status == StorageStatus.Missing)
        {
            StateText = "state: none yet; what is normal is learnt from now on";
            return State = StateOutcome.None;
        }
        if (status == StorageStatus.Damaged || status == StorageStatus.TooLong)
        {
            StateText = "state: " + StorageStatus.Describe(status) + "; what is normal is learnt anew";
            return State = StateOutcome.Refused;
        }
        if (status != StorageStatus.Ok)
        {
            StateText = "state: " + StorageStatus.Describe(status);
            return State = StateOutcome.Unreadable;
        }
        if (Keeper.LastStateStatus != StateStatus.Restored)
        {
            StateText = "state: " + StateStatus.Describe(Keeper.LastStateStatus) + "; what is normal is learnt anew";
            return State = StateOutcome.Refused;
        }
        StateText = "state: restored";
        return State = StateOutcome.Restored;
    }

    private void Fail(int status, string text)
    {
        Status = status;
        Text = text;
    }
}
