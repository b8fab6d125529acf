namespace EdgeRnn.Runtime;

internal sealed partial class ActivationLayer
{
    partial void CopyInput(float[] memory, int x, ref bool done)
    {
        done = true;
        SmallCopy.Copy(memory, x, memory, OutputOffset, OutputSize);
    }
}
