import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useText } from '../text/text';

interface OverlayProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** A drawer stands at the side of the page and leaves most of it readable. */
  kind?: 'window' | 'drawer';
  /** An alert cannot be dismissed by a click beside it. */
  alert?: boolean;
}

export function Overlay({ title, isOpen, onClose, children, kind = 'window', alert = false }: OverlayProps) {
  const t = useText();
  return (
    <ModalOverlay
      className={`veil ${kind}`}
      isOpen={isOpen}
      isDismissable={!alert}
      onOpenChange={(open) => { if (!open) onClose(); }}
    >
      <Modal className={`sheet ${kind}`}>
        <Dialog role={alert ? 'alertdialog' : 'dialog'}>
          <div className="sheet-head">
            <Heading slot="title">{title}</Heading>
            {!alert && <Button className="button quiet" aria-label={t.close} onPress={onClose}>×</Button>}
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
