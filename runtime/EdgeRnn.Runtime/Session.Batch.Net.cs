namespace EdgeRnn.Runtime;

// The three parts of a step, for SessionBatch, which has the layers' work done for many sessions in between.
public sealed partial class Session
{
    internal SessionMemory Memory => _memory;

    /// <summary>What a step does behind the layers, of models that answer every step. Returns all bits of the status.</summary>
    internal int Answer(int status, float[] output, int outputOffset)
    {
        if (!_model.IsQuantized)
        {
            _model.Main.CopyOutput(_values, output, outputOffset);
        }
        else
        {
            _model.Main.CopyOutput(_values, _memory.Ints, _model.Plan.AnswerOffset);
            GiveFloats(output, outputOffset);
        }
        return status | CountStep() | StepStatus.OutputReady;
    }

    /// <summary>As the other, in integers.</summary>
    internal int Answer(int status, short[] output, int outputOffset)
    {
        _model.Main.CopyOutput(_values, _memory.Ints, _model.Plan.AnswerOffset);
        GiveIntegers(output, outputOffset);
        return status | CountStep() | StepStatus.OutputReady;
    }
}
