using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// What must hold for any bytes whatever given to <see cref="Model.Load(byte[])"/>: a model that runs, or a
/// <see cref="ModelException"/> of one line; the second reader says the same; memory and work are bounded.
/// </summary>
internal static class Verdict
{
    private const int Steps = 50;

    // Work per mutant, in the units of ModelLimits.MaxCostPerStep: models that cost more run fewer steps, down to none.
    private const long MostCost = 4_000_000;

    /// <summary>The refusal, or null for a model that ran. Fails the test, naming <paramref name="origin"/>, when anything else comes.</summary>
    public static ModelErrorCode? Check(byte[] file, object origin)
    {
        ModelErrorCode? refusal;
        try
        {
            refusal = LoadAndRun(file);
        }
        catch (Exception failure)
        {
            Assert.Fail($"{origin}: {failure}");
            throw;
        }
        bool second = SecondAccepts(file, out string reason);
        if (second != (refusal == null)) Assert.Fail($"{origin}: the runtime {refusal?.ToString() ?? "accepts"}, the second reader does not: {reason}");
        return refusal;
    }

    private static ModelErrorCode? LoadAndRun(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Model model;
        try
        {
            model = Model.Load(file);
        }
        catch (ModelException refusal)
        {
            Assert.True(refusal.Code != 0 && Array.TrueForAll(refusal.Message.ToCharArray(), letter => !char.IsControl(letter)), refusal.Message);
            return refusal.Code;
        }
        finally
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= Refusal.MostBytes(file), $"Load of {file.Length} bytes allocated {allocated}");
        }
        Run(model);
        return null;
    }

    private static void Run(Model model)
    {
        Session session = new(model);
        int steps = (int)Math.Min(Steps, MostCost / Math.Max(1, SecondCost(model)));
        float[] input = new float[model.InputSize], output = new float[model.OutputSize];
        byte[] state = new byte[session.SavedStateBytes];
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (step * 7 + i * 3) % 11 - 5;
            if (step == steps - 3) input[0] = float.NaN;
            session.Step(input, 0, output, 0);
            if (step == steps / 2) SaveAndRestore(session, state);
        }
        SaveAndRestore(session, state);
        session.Reset();
        SaveAndRestore(session, state);
        if (model.Detector != null) Run(new Detector(model), steps);
    }

    private static void Run(Detector detector, int steps)
    {
        float[] input = new float[detector.Model.InputSize];
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = step % 9 == 4 ? float.NaN : (step * 5 + i) % 7 - 3;
            detector.Step(input, 0);
        }
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        int status = detector.RestoreState(state, 0, state.Length);
        if (status == StateStatus.Restored) return;
        // Floats of the network that overflowed since its last answer are saved as they are; nothing else is a reason to refuse.
        const int HeaderBytes = 28;
        Session session = new(detector.Model);
        Assert.Equal(StateStatus.BadValue, status);
        Assert.False(detector.Model.IsIntegerOnly);
        Assert.Equal(StateStatus.BadValue, session.RestoreState(state, HeaderBytes, session.SavedStateBytes));
    }

    // A state with infinities or NaN, which mutated weights and the NaN above make, is saved as it is and refused when it comes back.
    private static void SaveAndRestore(Session session, byte[] state)
    {
        session.SaveState(state, 0);
        byte[] again = new byte[state.Length];
        int status = session.RestoreState(state, 0, state.Length);
        Assert.True(status is StateStatus.Restored or StateStatus.BadValue, StateStatus.Describe(status));
        session.SaveState(again, 0);
        Assert.True(state.AsSpan().SequenceEqual(again), "saving and restoring changed the state");
    }

    private static long SecondCost(Model model) => model.WorstCaseMacs + model.Plan.TotalSize;

    private static bool SecondAccepts(byte[] file, out string reason)
    {
        reason = "it accepts";
        try
        {
            SecondReader.Read(file);
            return true;
        }
        catch (FormatException refusal)
        {
            reason = refusal.Message;
            return false;
        }
    }
}
